"""Who may do what where several people keep a book: accounts, sessions, API tokens, roles, an audit log. None of it is in the public log."""
