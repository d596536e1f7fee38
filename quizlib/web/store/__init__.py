"""The only queries; core values in and out, one function is one question to the database."""
