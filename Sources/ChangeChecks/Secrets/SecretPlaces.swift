import ConfigModel

/// The places at which secrets were found, sorted into what refuses a change and what only warns.
struct SecretPlaces {
    private let head: JSONValue?
    private let notSecret: Set<String>
    private(set) var report = CheckReport()
    /// The bytes of the pointers to what refuses.
    private var pointerBytes = 0
    private var warnedBytes = 0

    /// One more than an answer shows, so that it can say that there are more.
    private static let mostFindings = 101
    /// More bytes than all overrides of one change together: what is left out beyond that could not be overridden either.
    private static let mostPointerBytes = 8 << 10
    private static let hardLimit = 256 << 10

    /// - Parameters:
    ///   - head: a secret that it has at the same place is a warning.
    ///   - notSecret: pointers to values in which nothing is a secret.
    init(head: JSONValue?, notSecret: Set<String>) {
        self.head = head
        self.notSecret = notSecret
    }

    /// Whether the change is refused whatever else is found, even with overrides for all that an answer can show.
    var isFull: Bool {
        pointerBytes > Self.hardLimit
            || report.findings.count >= Self.mostFindings && pointerBytes > Self.mostPointerBytes
    }

    /// Takes rules that a text beside the content breaks.
    mutating func report(_ rules: FoundRules, at pointer: String) {
        for (rule, warns) in rules.all { add(rule.finding(at: pointer), warns: warns) }
    }

    /// Takes rules that a value of the content breaks, or a key of it.
    mutating func report(_ rules: FoundRules, at path: ValuePosition, of content: JSONValue, isKey: Bool) {
        guard !isFull else { return }
        guard notSecret.isEmpty || !path.pointers(in: content).contains(where: notSecret.contains) else { return }
        let pointer = path.pointer(in: content)
        let (value, before) = path.values(in: content, and: head)
        let isOld = isKey ? before != nil : before == value
        for (rule, warns) in rules.all {
            let finding = rule.finding(at: pointer)
            // Keys that are not shown can have the same pointer.
            if path.isMasked, report.findings.contains(finding) || report.warnings.contains(finding) { continue }
            add(finding, warns: warns || isOld)
        }
    }

    private mutating func add(_ finding: CheckFinding, warns: Bool) {
        if !warns {
            report.findings.append(finding)
            pointerBytes += finding.pointer.utf8.count
        } else if report.warnings.count < Self.mostFindings, warnedBytes <= Self.hardLimit {
            report.warnings.append(finding)
            warnedBytes += finding.pointer.utf8.count
        }
    }
}
