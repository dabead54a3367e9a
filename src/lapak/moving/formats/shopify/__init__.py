"""Shopify's product export, with the column names of now and before 2024."""
