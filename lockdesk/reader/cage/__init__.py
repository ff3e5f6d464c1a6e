"""The process apart and the pipe to it: walls, jobs, models, deadlines; what a document says is read elsewhere."""
