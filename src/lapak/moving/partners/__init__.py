"""Those who promoted a shop under a programme elsewhere (Dub, Tapfiliate …), their links, and what they got."""
