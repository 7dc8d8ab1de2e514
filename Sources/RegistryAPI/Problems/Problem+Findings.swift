public import ConfigModel

extension Problem {
    /// The version that a request would make does not pass the checks.
    ///
    /// - Parameters:
    ///   - key: the document.
    ///   - findings: what the caller may see.
    package static func checksFailed(_ key: DocumentKey, _ findings: VisibleFindings) -> Problem {
        Problem(
            .checksFailed, "The new version of \(key) does not pass the checks, nothing was stored. \(findings.summary)"
        ).with(findings)
    }

    /// The same with members for findings.
    package func with(_ findings: VisibleFindings) -> Problem {
        var problem = with("findings", .array(findings.shown.map(\.json)))
        if findings.more > 0 { problem = problem.with("more", Int64(findings.more)) }
        if findings.hidden > 0 { problem = problem.with("hidden", Int64(findings.hidden)) }
        return problem
    }

    /// What the checks found in the version that was refused. There may be `moreFindings`.
    public var findings: [CheckFinding] {
        guard case .array(let findings)? = members["findings"] else { return [] }
        return findings.compactMap { CheckFinding(json: $0) }
    }

    /// How many findings there are beside `findings`, which are not in the response for want of room.
    public var moreFindings: Int64 { count("more") }

    /// How many findings there are in environments that the caller may not read.
    public var hiddenFindings: Int64 { count("hidden") }

    private func count(_ name: String) -> Int64 {
        guard case .number(let number)? = members[name] else { return 0 }
        return number.int64 ?? 0
    }
}
