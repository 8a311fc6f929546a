"""What the office may do: functions that take a session first and the time as an argument."""
