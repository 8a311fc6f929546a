"""信访案头: one registration, typed once, for every paper of a township petition office."""

__version__ = "0.1.0"
