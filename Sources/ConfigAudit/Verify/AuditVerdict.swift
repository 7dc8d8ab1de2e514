/// What a verification found.
package enum AuditVerdict: Sendable, Equatable {
    /// The log was changed, shortened or damaged; this is the first line that shows it.
    case bad(AuditFault)
    /// Everything up to a line is proven by a signed checkpoint; what follows is consistent.
    case anchored(line: Int, after: Int)
    /// Every line follows from the one before, but nothing proves that the log was not made anew or cut off.
    case consistent(lines: Int)
    /// The same, and every checkpoint names another key than the one that was given.
    case signedByOthers(lines: Int, keyIDs: [String], given: String)

    /// True when the log is proven.
    package var isAnchored: Bool { if case .anchored = self { true } else { false } }
}

extension AuditVerdict: CustomStringConvertible {
    package var description: String {
        switch self {
        case .bad(let fault): "\(fault)"
        case .anchored(let line, let after): "intact, anchored to line \(line), \(after) lines after it"
        case .consistent(let lines): "consistent, not anchored (\(lines) lines)"
        case .signedByOthers(let lines, let keyIDs, let given):
            "consistent, not anchored (\(lines) lines): its checkpoints are signed with the key "
                + "\(keyIDs.joined(separator: ", ")), and --public-key is the key \(given)"
        }
    }
}
