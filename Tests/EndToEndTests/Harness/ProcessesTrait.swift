import Testing

extension Trait where Self == IssueHandlingTrait {
    /// Adds to every issue what the processes of its test said.
    static var showsProcesses: Self {
        .compactMapIssues { issue in
            guard let bench = TestBench.current else { return issue }
            var issue = issue
            issue.comments.append(Comment(rawValue: bench.transcript))
            return issue
        }
    }
}
