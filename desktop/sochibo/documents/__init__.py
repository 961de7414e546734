"""From a report to pages, and from pages back to the report: PDF/A-3b with the data inside."""
