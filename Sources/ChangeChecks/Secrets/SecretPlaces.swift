import ConfigModel

/// The places at which secrets were found, sorted into what refuses a change and what only warns.
struct SecretPlaces {
    private struct Found: Equatable {
        let rule: SecretRule
        let pointer: String
    }

    private let head: JSONValue?
    private let notSecret: Set<String>
    private var refused: [Found] = []
    private var warned: [Found] = []
    /// How many secrets refuse the change, by the bytes of the pointer to them: keys that are not shown have the same one.
    private var counts: [[UInt8]: Int] = [:]
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

    /// What was found. An override names a place and how many secrets are there: it lets no further one pass.
    var report: CheckReport {
        CheckReport(
            findings: refused.map { $0.rule.finding(at: $0.pointer, count: counts[Array($0.pointer.utf8)] ?? 0) },
            warnings: warned.map { $0.rule.finding(at: $0.pointer, count: 0) })
    }

    /// Whether the change is refused whatever else is found, even with overrides for all that an answer can show.
    var isFull: Bool {
        pointerBytes > Self.hardLimit || refused.count >= Self.mostFindings && pointerBytes > Self.mostPointerBytes
    }

    /// Takes rules that a text beside the content breaks.
    mutating func report(_ rules: FoundRules, at pointer: String) {
        add(rules, at: pointer, warns: false, isMasked: false)
    }

    /// Takes rules that a value of the content breaks, or a key of it.
    mutating func report(_ rules: FoundRules, at path: ValuePosition, of content: JSONValue, isKey: Bool) {
        guard !isFull else { return }
        guard notSecret.isEmpty || !path.pointers(in: content).contains(where: notSecret.contains) else { return }
        let (value, before) = path.values(in: content, and: head)
        let isOld = isKey ? before != nil : before == value
        add(rules, at: path.pointer(in: content), warns: isOld, isMasked: path.isMasked)
    }

    private mutating func add(_ rules: FoundRules, at pointer: String, warns: Bool, isMasked: Bool) {
        for (rule, onlyWarns) in rules.all {
            let found = Found(rule: rule, pointer: pointer)
            if isMasked, refused.contains(found) || warned.contains(found) { continue }
            if !warns, !onlyWarns {
                refused.append(found)
                pointerBytes += pointer.utf8.count
            } else if warned.count < Self.mostFindings, warnedBytes <= Self.hardLimit {
                warned.append(found)
                warnedBytes += pointer.utf8.count
            }
        }
        if !warns, rules.count > 0 { counts[Array(pointer.utf8), default: 0] += rules.count }
    }
}
