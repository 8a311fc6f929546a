"""The paper on the screen: the composed sheet, with an editor where the paper has a blank."""
