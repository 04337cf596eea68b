"""The summary by organisation and month. Who changes a record names the months it touches: `recount(pairs)`."""
