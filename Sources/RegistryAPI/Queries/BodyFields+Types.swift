package import ConfigModel

extension BodyFields {
    /// A text that must be there.
    ///
    /// - Parameter hint: a sentence that says what a body looks like.
    package func requiredText(_ field: String, hint: String) throws(Problem) -> String {
        guard let text = try text(field) else { throw Self.missing(field, hint: hint) }
        return text
    }

    /// A list of texts; nil when there is none or null.
    package func texts(_ field: String) throws(Problem) -> [String]? {
        guard let value = self[field], value != .null else { return nil }
        guard case .array(let elements) = value else {
            throw Problem(
                JSONFieldError(field: field, problem: .wrongType(expected: "an array of strings", found: value.kind)))
        }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let text) = element else {
                throw Problem(
                    .invalidField,
                    "The field \"\(field)\" must be an array of strings; entry \(index) is \(element.kind)."
                ).with("pointer", JSONPointer(tokens: [field, String(index)]).description)
            }
            texts.append(text)
        }
        return texts
    }

    /// A duration: whole seconds as a number, or a text such as `90d`; nil when there is none or null.
    package func duration(
        _ field: String, atLeast shortest: Duration = .seconds(1)
    ) throws(Problem) -> Duration? {
        let duration: Duration?
        switch self[field] {
        case nil, .null?: return nil
        case .number(let number)?:
            // 3600.0 is an integer too, as JSON Schema counts.
            let seconds = number.int64 ?? number.double.flatMap { Int64(exactly: $0) }
            duration = seconds.flatMap { $0 <= Self.longestSeconds ? .seconds($0) : nil }
        case .string(let text)?: duration = Duration(parsing: text)
        default: duration = nil
        }
        guard let duration, duration >= shortest, duration.components.attoseconds == 0 else {
            throw Self.invalid(
                field, "it must be a duration such as 90d, 12h, 30m or 45s, or whole seconds as a number.")
        }
        return duration
    }

    /// A moment in UTC; nil when there is none or null.
    package func moment(_ field: String) throws(Problem) -> Timestamp? {
        guard let text = try text(field) else { return nil }
        guard let moment = MomentText.read(text) else { throw Self.invalid(field, "it must be \(MomentText.rule).") }
        return moment
    }

    /// Far more than any duration may have; beyond it numbers would overflow.
    private static let longestSeconds: Int64 = 86_400 * 1_000_000_000

    /// A refusal for want of a field.
    static func missing(_ field: String, hint: String) -> Problem {
        Problem(.invalidField, "The field \(field) is missing. \(hint)").with("pointer", "/\(field)")
    }

    /// A refusal of what a field says.
    static func invalid(_ field: String, _ reason: String) -> Problem {
        Problem(JSONFieldError(field: field, problem: .invalid(reason)))
    }
}
