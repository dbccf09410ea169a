"""微信客服 (WeCom kf): read by a cursor, woken by a callback or the clock; five messages for each of an applicant's."""
