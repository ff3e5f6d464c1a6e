"""The page of the reports: the evaluation of a quarter, the register books, the survey. It takes values in and gives
signals out; what opens a case or prints is connected by the shell."""
