"""Any folder of files into the source database: found, read, and every bad line set aside. Nothing is made up here."""
