/// What a check of a content found. It never holds a value of the content.
public struct CheckFinding: Sendable, Hashable {
    /// The check that found it.
    public enum Check: String, Sendable, CaseIterable {
        /// The content does not fit the schema of its service.
        case schema
        /// A text looks like a secret.
        case secret
        /// The change is larger than one that is made by intent.
        case blastRadius = "blast-radius"
    }

    /// The check that found it.
    public let check: Check
    /// The rule that is broken, a word that programs may decide by: `aws`, `removed`, or the keyword of a schema.
    public let rule: String
    /// Where in the content: a JSON pointer (RFC 6901), empty for the whole; `comment` or `created_by` for a text beside it.
    public let pointer: String
    /// The keyword of the schema that the value does not fit; nil for the other checks.
    public let keyword: String?
    /// The place of that keyword in the schema, a JSON pointer; nil for the other checks.
    public let schemaPointer: String?
    /// The environment whose document does not fit, where it is another one than that of the change.
    public let environment: String?
    /// One sentence that says what is wrong.
    public let message: String
    /// The override that lets it pass; nil when none does.
    public let override: String?

    /// Puts a finding together.
    public init(
        _ check: Check, rule: String, pointer: String, keyword: String? = nil, schemaPointer: String? = nil,
        environment: String? = nil, message: String, override: String? = nil
    ) {
        self.check = check
        self.rule = rule
        self.pointer = pointer
        self.keyword = keyword
        self.schemaPointer = schemaPointer
        self.environment = environment
        self.message = message
        self.override = override
    }
}

extension CheckFinding {
    /// What is wrong and where, as a sentence.
    package var sentence: String {
        let places = [pointer.isEmpty ? nil : pointer, environment.map { "in \($0)" }].compactMap(\.self)
        return places.isEmpty ? message : "\(places.joined(separator: " ")): \(message)"
    }

    /// The finding as a member of an answer; absent members are left out.
    package var json: JSONValue {
        var object = JSONObject()
        object["check"] = .string(check.rawValue)
        object["rule"] = .string(rule)
        object["pointer"] = .string(pointer)
        object["keyword"] = keyword.map { .string($0) }
        object["schema_pointer"] = schemaPointer.map { .string($0) }
        object["environment"] = environment.map { .string($0) }
        object["message"] = .string(message)
        object["override"] = override.map { .string($0) }
        return .object(object)
    }

    /// Reads a finding of an answer; nil when it is none, or one of a check that this program does not know.
    package init?(json value: JSONValue) {
        guard case .object(let object) = value, let check = Self.text("check", of: object).flatMap(Check.init),
            let rule = Self.text("rule", of: object), let pointer = Self.text("pointer", of: object),
            let message = Self.text("message", of: object)
        else { return nil }
        self.init(
            check, rule: rule, pointer: pointer, keyword: Self.text("keyword", of: object),
            schemaPointer: Self.text("schema_pointer", of: object), environment: Self.text("environment", of: object),
            message: message, override: Self.text("override", of: object))
    }

    private static func text(_ name: String, of object: JSONObject) -> String? {
        guard case .string(let text)? = object[name] else { return nil }
        return text
    }
}
