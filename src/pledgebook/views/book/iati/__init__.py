"""The book's pledges of money as IATI 2.03 activities: which promises are pledges, what of them is exported, and how it is written."""
