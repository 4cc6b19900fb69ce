"""What web pages say of the documents that they show: a module for each way of saying it."""
