"""How things look and what they are called: theme, style sheet, icons, times, and the words for actions, fields, values
and journal entries. Nothing here is a widget."""
