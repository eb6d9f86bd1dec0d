"""The pages for readers: each module makes one kind of page, and names its routes in ROUTES."""
