"""Who signs in: users, their addresses and bank accounts."""
