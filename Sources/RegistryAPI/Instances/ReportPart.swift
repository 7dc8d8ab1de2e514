import ConfigModel

/// An object inside a report and where it stands, so that a problem names its place.
///
/// Members that are not known are counted and otherwise ignored: an instance may be newer than the registry.
struct ReportPart {
    /// Counts members that are not known, over a whole report.
    final class UnknownMembers {
        var count = 0
    }

    private let object: JSONObject
    private let place: [String]
    private let unknown: UnknownMembers

    init(_ object: JSONObject, at place: [String] = [], unknown: UnknownMembers) {
        self.object = object
        self.place = place
        self.unknown = unknown
    }

    /// Counts what is not among these.
    func countUnknown(_ known: Set<String>) { unknown.count += object.keys.count { !known.contains($0) } }

    /// Runs code that reads members.
    func fields<Value>(_ read: (JSONObject) throws(JSONFieldError) -> Value) throws(Problem) -> Value {
        do { return try read(object) } catch { throw Problem(error, in: place) }
    }

    /// A refusal of what a member says.
    func invalid(_ field: String, _ reason: String) -> Problem {
        Problem(JSONFieldError(field: field, problem: .invalid(reason)), in: place)
    }

    /// A text without control characters, of a bounded length in bytes.
    func text(_ field: String, atMost limit: Int) throws(Problem) -> String {
        guard let text = try optionalText(field, atMost: limit) else {
            throw Problem(JSONFieldError(field: field, problem: .missing(expected: "a string")), in: place)
        }
        return text
    }

    /// A text; nil when there is none or null.
    func optionalText(_ field: String, atMost limit: Int) throws(Problem) -> String? {
        guard let text = try fields({ object throws(JSONFieldError) in try object.optionalString(field) }) else {
            return nil
        }
        guard text.utf8.count <= limit, ControlCharacters.escaped(text) == text else {
            throw invalid(field, "it must have at most \(limit) bytes and no control characters.")
        }
        return text
    }

    /// An integer that must be there.
    func number(_ field: String, from minimum: Int64) throws(Problem) -> Int64 {
        guard let number = try optionalNumber(field, from: minimum) else {
            throw Problem(JSONFieldError(field: field, problem: .missing(expected: "an integer")), in: place)
        }
        return number
    }

    /// An integer; nil when there is none or null.
    func optionalNumber(_ field: String, from minimum: Int64) throws(Problem) -> Int64? {
        guard let number = try fields({ object throws(JSONFieldError) in try object.optionalInt64(field) }) else {
            return nil
        }
        guard number >= minimum else { throw invalid(field, "it must be an integer from \(minimum).") }
        return number
    }

    /// An age in milliseconds; nil when there is none or null.
    func optionalAge(_ field: String) throws(Problem) -> Duration? {
        guard let number = try fields({ object throws(JSONFieldError) in try object.optionalDouble(field) }) else {
            return nil
        }
        guard let age = ReportAge.duration(milliseconds: number) else {
            throw invalid(field, "it must be a number of milliseconds from 0 to \(ReportAge.longestMilliseconds).")
        }
        return age
    }

    /// A word of a list that is known.
    func word<Word: RawRepresentable & CaseIterable>(
        _ field: String
    ) throws(Problem) -> Word where Word.RawValue == String {
        let text = try fields { object throws(JSONFieldError) in try object.string(field) }
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw invalid(field, "it must be one of \(known).")
        }
        return word
    }

    /// A word; nil when there is none or null.
    func optionalWord<Word: RawRepresentable & CaseIterable>(
        _ field: String
    ) throws(Problem) -> Word? where Word.RawValue == String {
        guard isPresent(field) else { return nil }
        return try word(field)
    }

    /// True for a member that is there and not null.
    private func isPresent(_ field: String) -> Bool { object[field].map { $0 != .null } ?? false }

    /// Such a member; nil when there is none or null.
    func optionalParsed<Value>(_ field: String, _ rule: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        guard isPresent(field) else { return nil }
        return try parsed(field, rule, read)
    }

    /// A member whose text has a meaning of its own.

    func parsed<Value>(_ field: String, _ rule: String, _ read: (String) -> Value?) throws(Problem) -> Value {
        let text = try fields { object throws(JSONFieldError) in try object.string(field) }
        guard let value = read(text) else { throw invalid(field, "it must be \(rule).") }
        return value
    }

    /// A moment, to the millisecond.
    func moment(_ field: String) throws(Problem) -> Timestamp {
        try parsed(field, "a moment such as 2026-11-20T21:30:00.123Z") { Timestamp(parsing: $0) }
    }

    /// An object inside; nil when there is none or null.
    func part(_ field: String) throws(Problem) -> ReportPart? {
        let inner = try fields { object throws(JSONFieldError) in try object.optionalObject(field) }
        return inner.map { ReportPart($0, at: place + [field], unknown: unknown) }
    }

    /// The objects of an array; nil when there is none or null.
    func parts(_ field: String) throws(Problem) -> [ReportPart]? {
        guard let values = try fields({ object throws(JSONFieldError) in try object.optionalArray(field) }) else {
            return nil
        }
        var parts: [ReportPart] = []
        for (index, value) in values.enumerated() {
            guard case .object(let object) = value else {
                throw invalid(field, "it must be an array of objects.")
            }
            parts.append(ReportPart(object, at: place + [field, String(index)], unknown: unknown))
        }
        return parts
    }

    /// The document that a member names as `service/environment`.
    func key(_ field: String) throws(Problem) -> DocumentKey {
        try parsed(field, "service/environment") { text in try? DocumentKey(parsing: text) }
    }

    /// Words, each at most 64 bytes; none when there is no such member.
    func words(_ field: String, atMost limit: Int) throws(Problem) -> [String] {
        let words = try fields { object throws(JSONFieldError) in try object.optionalStrings(field) } ?? []
        guard words.count <= limit, words.allSatisfy({ $0.utf8.count <= 64 && ControlCharacters.escaped($0) == $0 })
        else { throw invalid(field, "it must have at most \(limit) words of at most 64 bytes.") }
        return words
    }
}
