"""What tests are made of: a database, landlords, people, pages and the queue. Nothing here is imported by Hearth."""
