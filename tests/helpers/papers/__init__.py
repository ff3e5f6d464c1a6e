"""What applicants send: letters in every shape, CSRs around a person, mails, Outlook's messages, the samples."""
