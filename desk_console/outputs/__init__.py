"""What leaves the program: mail, sheets to print, calendars, exports."""
