import ConfigModel

/// A compiled schema. Others are named by their place in the list of all.
final class SchemaNode: Sendable {
    let resource: Int
    /// Those about what other rules have seen come last.
    let rules: [SchemaRule]
    /// True when a rule is about what other rules have seen.
    let needsMarks: Bool
    /// Vendor keywords that are `true` here.
    let annotations: [String]

    init(resource: Int, rules: [SchemaRule], annotations: [String] = []) {
        self.resource = resource
        self.rules = rules.filter { !$0.check.isAboutTheRest } + rules.filter(\.check.isAboutTheRest)
        needsMarks = rules.contains(where: \.check.isAboutTheRest)
        self.annotations = annotations
    }
}

/// A keyword, and what it asks of a value.
struct SchemaRule: Sendable {
    let keyword: String
    /// Where it stands.
    let place: String
    let check: SchemaAssertion
}
