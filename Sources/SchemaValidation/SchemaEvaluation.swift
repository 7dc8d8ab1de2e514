import ConfigModel

/// One document being checked. Work is counted, so that no schema and no document can keep it busy for long.
struct SchemaEvaluation {
    /// Why it ends before all was looked at.
    enum Stop: Error { case mismatch, enough, tooMuchWork }

    /// Which members or elements of the value in hand a rule has seen; nil where no rule asks for it.
    typealias Marks = [Bool]?

    static let maximumWork = 10_000_000
    static let maximumNesting = 1_200

    let nodes: [SchemaNode]
    let dynamicAnchors: [JSONValue: [Int: Int]]
    /// How many violations are wanted.
    var limit: Int
    /// The vendor keyword whose places are wanted.
    var annotation: String?
    private(set) var violations: [SchemaViolation] = []
    private(set) var places: [String] = []
    /// What may still be done.
    var work = Self.maximumWork
    private var nesting = 0
    /// True where a violation only decides between alternatives: it is thrown.
    private var isQuiet = false
    private var path: [String] = []
    /// The resources that were entered, outermost first.
    private var scope: [Int] = []

    init(nodes: [SchemaNode], dynamicAnchors: [JSONValue: [Int: Int]], limit: Int) {
        self.nodes = nodes
        self.dynamicAnchors = dynamicAnchors
        self.limit = limit
    }

    private var pointer: String { JSONPointer(tokens: path).description }

    /// Checks a value. What the schema sees of it is added to the marks.
    mutating func apply(_ schema: Int, to value: JSONValue, _ marks: inout Marks) throws(Stop) {
        let node = nodes[schema]
        let entersResource = scope.last != node.resource
        if entersResource { scope.append(node.resource) }
        nesting += 1
        defer {
            nesting -= 1
            if entersResource { scope.removeLast() }
        }
        guard nesting <= Self.maximumNesting else { throw .tooMuchWork }
        if let annotation, node.annotations.contains(annotation) { places.append(pointer) }
        let count = value.count(of: .elements) ?? value.count(of: .members) ?? 0
        var own: Marks = marks == nil && !node.needsMarks ? nil : Array(repeating: false, count: count)
        try spend(1 + node.rules.count + (own == nil ? 0 : count / 8))
        for rule in node.rules { try check(rule, value, &own) }
        guard marks != nil, let own else { return }
        for (index, isSeen) in own.enumerated() where isSeen { marks?[index] = true }
    }

    private mutating func check(_ rule: SchemaRule, _ value: JSONValue, _ marks: inout Marks) throws(Stop) {
        try spend(rule.check.cost(of: value))
        if let isRight = rule.check.accepts(value) {
            if !isRight { try fail(rule, rule.check.message(about: value)) }
            return
        }
        switch value {
        case .array(let elements): try check(rule, elements, &marks)
        case .object(let object): try check(rule, object, &marks)
        default: break
        }
        try checkWhole(rule, value, &marks)
    }

    /// Keywords that apply schemas to the same value.
    private mutating func checkWhole(_ rule: SchemaRule, _ value: JSONValue, _ marks: inout Marks) throws(Stop) {
        switch rule.check {
        case .reference(let schema): try apply(schema, to: value, &marks)
        case .dynamicReference(let schema, let anchor):
            try spend(scope.count)
            let targets = dynamicAnchors[anchor] ?? [:]
            try apply(scope.lazy.compactMap { targets[$0] }.first ?? schema, to: value, &marks)
        case .all(let schemas): for schema in schemas { try apply(schema, to: value, &marks) }
        case .any(let schemas):
            var count = 0
            for schema in schemas where count == 0 || marks != nil || annotation != nil {
                if try fits(schema, value, &marks) { count += 1 }
            }
            guard count == 0 else { return }
            let reason = try isQuiet ? "" : reasonForNone(of: schemas, value)
            try fail(rule, reason)
        case .one(let schemas):
            var count = 0
            for schema in schemas where try fits(schema, value, &marks) { count += 1 }
            guard count != 1 else { return }
            try fail(rule, "This must fit one of the \(schemas.count) alternatives, not \(count).")
        case .not(let schema):
            let recorded = places.count
            var none: Marks = nil
            if try fits(schema, value, &none) { try fail(rule, "This fits a schema that it must not fit.") }
            places.removeSubrange(recorded...)
        case .condition(let test, let then, let otherwise):
            guard let schema = try fits(test, value, &marks) ? then : otherwise else { return }
            try apply(schema, to: value, &marks)
        default: break
        }
    }

    /// Why a value fits no alternative: its type, or what it breaks in the only one that takes its type.
    private mutating func reasonForNone(of schemas: [Int], _ value: JSONValue) throws(Stop) -> String {
        try spend(schemas.count)
        let types = schemas.map { self.types(of: $0) }
        let possible = zip(schemas, types).filter { $1?.contains(typeOf: value) != false }.map(\.0)
        let allowed = types.reduce(JSONTypes()) { $0.union($1 ?? []) }
        if possible.isEmpty, !allowed.isEmpty { return SchemaAssertion.types(allowed).message(about: value) }
        let sentence = "This fits none of the \(schemas.count) alternatives"
        guard possible.count == 1, limit > 0 else { return sentence + "." }
        var inner = self
        (inner.path, inner.violations, inner.limit, inner.annotation) = ([], [], 1, nil)
        var none: Marks = nil
        do throws(Stop) { try inner.apply(possible[0], to: value, &none) } catch .tooMuchWork {
            throw .tooMuchWork
        } catch {}
        work = inner.work
        return inner.violations.first.map { "\(sentence); the nearest one says: \($0)" } ?? sentence + "."
    }

    /// The types that a schema takes, where it says so itself or by a reference.
    private func types(of schema: Int) -> JSONTypes? {
        for rule in nodes[schema].rules {
            switch rule.check {
            case .never: return []
            case .types(let types): return types
            case .reference(let target): if let types = self.types(of: target) { return types }
            default: break
            }
        }
        return nil
    }

    /// Decides without violations. What a schema sees and says counts only where it fits.
    private mutating func fits(_ schema: Int, _ value: JSONValue, _ marks: inout Marks) throws(Stop) -> Bool {
        let (wasQuiet, recorded) = (isQuiet, places.count)
        isQuiet = true
        defer { isQuiet = wasQuiet }
        do throws(Stop) {
            try apply(schema, to: value, &marks)
            return true
        } catch {
            guard error == .mismatch else { throw error }
            places.removeSubrange(recorded...)
            return false
        }
    }

    private mutating func spend(_ amount: Int) throws(Stop) {
        work -= amount
        guard work >= 0 else { throw .tooMuchWork }
    }

    /// - Parameter keyword: when it is another than the rule's, which stands beside it.
    private mutating func fail(_ rule: SchemaRule, keyword: String? = nil, _ message: @autoclosure () -> String)
        throws(Stop)
    {
        guard !isQuiet else { throw .mismatch }
        guard violations.count < limit else { return }
        let place = keyword.map { String(rule.place.dropLast(rule.keyword.utf8.count)) + $0 } ?? rule.place
        violations.append(
            SchemaViolation(
                pointer: pointer, keyword: keyword ?? rule.keyword, schemaPointer: place, message: message()))
        guard violations.count < limit else { throw .enough }
    }
}

/// Keywords about arrays.
extension SchemaEvaluation {
    private mutating func check(_ rule: SchemaRule, _ elements: [JSONValue], _ marks: inout Marks) throws(Stop) {
        switch rule.check {
        case .elements(let first, let rest):
            for (index, element) in elements.enumerated() {
                guard let schema = index < first.count ? first[index] : rest else { break }
                marks?[index] = true
                try apply(schema, inside: String(index), element)
            }
        case .rest(let schema, ofElements: true):
            for (index, element) in elements.enumerated() where marks?[index] != true {
                marks?[index] = true
                try apply(schema, inside: String(index), element)
            }
        case .contains(let schema, let minimum, let maximum, let isSeen):
            var count = 0
            for (index, element) in elements.enumerated() where try fits(schema, inside: String(index), element) {
                count += 1
                if isSeen { marks?[index] = true }
            }
            let needed = "must fit the schema of contains, not \(count)."
            if count < minimum ?? 1 {
                let keyword = minimum == nil ? nil : "minContains"
                try fail(rule, keyword: keyword, "At least \(minimum ?? 1) elements \(needed)")
            }
            guard let maximum, count > maximum else { break }
            try fail(rule, keyword: "maxContains", "At most \(maximum) elements \(needed)")
        default: break
        }
    }

    private mutating func apply(_ schema: Int, inside token: String, _ value: JSONValue) throws(Stop) {
        path.append(token)
        defer { path.removeLast() }
        var none: Marks = nil
        try apply(schema, to: value, &none)
    }

    private mutating func fits(_ schema: Int, inside token: String, _ value: JSONValue) throws(Stop) -> Bool {
        path.append(token)
        defer { path.removeLast() }
        var none: Marks = nil
        return try fits(schema, value, &none)
    }
}

/// Keywords about objects.
extension SchemaEvaluation {
    private mutating func check(_ rule: SchemaRule, _ object: JSONObject, _ marks: inout Marks) throws(Stop) {
        switch rule.check {
        case .required(let keys):
            try spend(keys.count)
            for key in keys where object.index(of: key) == nil {
                try fail(rule, "The member \(JSONValue.string(key)) is missing.")
            }
        case .dependents(let dependents):
            try spend(dependents.count)
            for (key, others, schema) in dependents where object.index(of: key) != nil {
                try spend(others.count)
                for other in others where object.index(of: other) == nil {
                    let names = (JSONValue.string(other), JSONValue.string(key))
                    try fail(rule, "The member \(names.0) is missing, which \(names.1) asks for.")
                }
                if let schema { try apply(schema, to: .object(object), &marks) }
            }
        case .names(let schema):
            for key in object.members.map(\.key) where try !fits(schema, inside: key, .string(key)) {
                path.append(key)
                defer { path.removeLast() }
                try fail(rule, "The name of this member is not allowed.")
            }
        case .members(let named, let patterns, let rest): try check(object, named, patterns, rest, &marks)
        case .rest(let schema, ofElements: false):
            for (index, member) in object.members.enumerated() where marks?[index] != true {
                marks?[index] = true
                try apply(schema, inside: member.key, member.value)
            }
        default: break
        }
    }

    private mutating func check(
        _ object: JSONObject, _ named: [(key: String, schema: Int)],
        _ patterns: [(pattern: SchemaPattern, schema: Int)], _ rest: Int?, _ marks: inout Marks
    ) throws(Stop) {
        try spend(named.count)
        var others = patterns.isEmpty && rest == nil ? [] : Array(repeating: true, count: object.count)
        for (key, schema) in named {
            guard let index = object.index(of: key) else { continue }
            if !others.isEmpty { others[index] = false }
            marks?[index] = true
            try apply(schema, inside: key, object.members[index].value)
        }
        for index in others.indices {
            let member = object.members[index]
            try spend(patterns.count * (1 + member.key.utf8.count / JSONValue.bytesPerWeight))
            for (pattern, schema) in patterns where pattern.isFound(member.key) {
                others[index] = false
                marks?[index] = true
                try apply(schema, inside: member.key, member.value)
            }
            guard others[index], let rest else { continue }
            marks?[index] = true
            try apply(rest, inside: member.key, member.value)
        }
    }
}
