package import ConfigModel

/// Finds the changes that are larger than one that is made by intent: a document that is emptied, one that loses most of its
/// values, one that grows beyond all measure, values that become null.
package enum BlastRadius {
    /// The name that lets all of its findings pass.
    package static let override = "blast-radius"

    /// What a change does to the document that is in force.
    ///
    /// - Parameters:
    ///   - content: the new content.
    ///   - bytes: the length of its canonical form.
    ///   - head: the content that it replaces; for a new document there is nothing to ask.
    ///   - headBytes: the length of that one's canonical form.
    package static func report(
        of content: JSONValue, bytes: Int, after head: JSONValue, bytes headBytes: Int
    ) -> CheckReport {
        let comparison = ContentComparison(content, after: head)

        var report = CheckReport(findings: [], warnings: comparison.retyped)
        if content.isEmptyContainer, !head.isEmptyContainer {
            report.findings.append(finding(.emptied, "The document becomes empty."))
        }
        if comparison.gone >= leastGone, comparison.gone * 2 > comparison.leaves {
            report.findings.append(
                finding(.removed, "\(comparison.gone) of the \(comparison.leaves) values of the document are removed."))
        }
        if bytes > headBytes * 2, bytes - headBytes > leastGrowth {
            report.findings.append(
                finding(.grown, "The document grows from \(headBytes) to \(bytes) bytes, more than twice as many."))
        }
        report.findings += comparison.nulled
        return report
    }

    /// The rules, by the names that programs decide by.
    enum Rule: String {
        case emptied, removed, grown, nulled, retyped
    }

    static func finding(_ rule: Rule, at pointer: String = "", _ message: String) -> CheckFinding {
        CheckFinding(.blastRadius, rule: rule.rawValue, pointer: pointer, message: message, override: override)
    }

    /// Fewer values than these are removed by hand every day.
    private static let leastGone = 5
    private static let leastGrowth = 4_096
}

extension JSONValue {
    fileprivate var isEmptyContainer: Bool {
        switch self {
        case .object(let object): object.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }
}
