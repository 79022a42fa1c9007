"""The started product, used as people use it: real mail servers, a real browser, a real restart."""
