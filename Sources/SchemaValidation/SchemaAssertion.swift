import ConfigModel

/// What a keyword asks of a value. Schemas are numbers: their places in the list of all.
enum SchemaAssertion: Sendable {
    /// Nothing is allowed; what the sentence says.
    case never(String)
    case types(JSONTypes)
    /// In normal form.
    case values(Set<JSONValue>, described: String)
    case bound(ExactNumber, Bound)
    case multiple(ExactNumber)
    case size(Int, isMost: Bool, Unit)
    case pattern(SchemaPattern, text: String)
    case format(TextFormat)
    case unique
    case required([String])
    /// What is asked of an object that has a member: other members, and that it fits a schema.
    case dependents([(key: String, others: [String], schema: Int?)])
    case contains(Int, minimum: Int?, maximum: Int?, isSeen: Bool)
    case elements(first: [Int], rest: Int?)
    case members(named: [(key: String, schema: Int)], patterns: [(pattern: SchemaPattern, schema: Int)], rest: Int?)
    case names(Int)
    case reference(Int)
    /// The outermost schema with that dynamic anchor, or else this one.
    case dynamicReference(Int, anchor: JSONValue)
    case all([Int])
    case any([Int])
    case one([Int])
    case not(Int)
    case condition(Int, then: Int?, otherwise: Int?)
    /// Elements or members that no other rule has seen.
    case rest(Int, ofElements: Bool)

    /// How a number is compared with a bound.
    enum Bound: String {
        case above, below, atLeast = "at least", atMost = "at most"
    }

    /// What is counted.
    enum Unit: String {
        case characters, elements, members
    }

    var isAboutTheRest: Bool { if case .rest = self { true } else { false } }

    /// The schemas that it applies to the same value.
    var sameValue: [Int] {
        switch self {
        case .reference(let schema), .dynamicReference(let schema, _), .not(let schema): [schema]
        case .all(let schemas), .any(let schemas), .one(let schemas): schemas
        case .dependents(let dependents): dependents.compactMap(\.schema)
        case .condition(let test, let then, let otherwise): [test, then, otherwise].compactMap { $0 }
        default: []
        }
    }
}
