"""One module per page. What two pages draw belongs to components."""
