import ConfigModel

/// A mistake in a file of settings.
struct SettingsProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where it is.
    let pointer: JSONPointer
    /// What is wrong, as the rest of a sentence that begins with the place.
    let reason: String

    var description: String { "\(pointer.tokens.isEmpty ? "The file" : pointer.place) \(reason)" }
}

/// The mistakes that were found so far.
struct SettingsProblems {
    private(set) var all: [SettingsProblem] = []

    mutating func add(_ pointer: JSONPointer, _ reason: String) {
        all.append(SettingsProblem(pointer: pointer, reason: reason))
    }
}

/// An object of settings and the place where it is. Reading goes on after a mistake, so that all of them are found.
struct SettingsTable {
    let pointer: JSONPointer
    private let object: JSONObject

    /// nil, with a mistake, for anything but an object.
    init?(_ value: JSONValue, at pointer: JSONPointer, _ problems: inout SettingsProblems) {
        guard case .object(let object) = value else {
            problems.add(pointer, "must be an object, not \(value.kind).")
            return nil
        }
        self.object = object
        self.pointer = pointer
    }

    /// The place of a field.
    func place(_ field: String) -> JSONPointer { pointer.appending(field) }

    func has(_ field: String) -> Bool { value(field) != nil }

    /// Refuses every field that is not named.
    func refuseFields(otherThan known: [String], _ problems: inout SettingsProblems) {
        for field in object.keys where !known.contains(field) {
            problems.add(
                place(field),
                "is no setting.\(NearestName.hint(for: field, among: known)) Known here are: \(known.joined(separator: ", "))."
            )
        }
    }

    /// An object inside of this one; nil when there is none.
    func table(_ field: String, _ problems: inout SettingsProblems) -> SettingsTable? {
        value(field).flatMap { SettingsTable($0, at: place(field), &problems) }
    }

    /// A text; nil when there is none, or a mistake.
    func text(_ field: String, _ problems: inout SettingsProblems) -> String? {
        guard let value = value(field) else { return nil }
        return Self.text(value, at: place(field), &problems)
    }

    /// A text that must be there.
    func neededText(_ field: String, _ what: String, _ problems: inout SettingsProblems) -> String? {
        guard has(field) else {
            problems.add(place(field), "is missing: it is \(what).")
            return nil
        }
        return text(field, &problems)
    }

    /// Texts; nil when there are none, or with a mistake.
    func texts(_ field: String, _ problems: inout SettingsProblems) -> [String]? {
        guard let value = value(field) else { return nil }
        guard case .array(let elements) = value else {
            problems.add(place(field), "must be a list of texts, not \(value.kind).")
            return nil
        }
        let texts = elements.enumerated().compactMap { index, element in
            Self.text(element, at: place(field).appending(String(index)), &problems)
        }
        return texts.count == elements.count ? texts : nil
    }

    /// A text, or those of a list that are texts.
    func textOrTexts(_ field: String, _ problems: inout SettingsProblems) -> [String]? {
        guard case .array(let elements) = value(field) else { return text(field, &problems).map { [$0] } }
        return elements.enumerated().compactMap { index, element in
            Self.text(element, at: place(field).appending(String(index)), &problems)
        }
    }

    /// The first element of a list, when it is a text.
    func firstText(_ field: String) -> String? {
        guard case .array(let elements) = value(field), case .string(let text) = elements.first else { return nil }
        return text.isEmpty ? nil : text
    }

    /// true or false; nil when there is neither.
    func flag(_ field: String, _ problems: inout SettingsProblems) -> Bool? {
        switch value(field) {
        case nil: return nil
        case .bool(let flag): return flag
        case .some(let other):
            problems.add(place(field), "must be true or false, not \(other.kind).")
            return nil
        }
    }

    /// A time such as `10s`; nil when there is none.
    func time(_ field: String, in range: ClosedRange<Duration>, _ problems: inout SettingsProblems) -> Duration? {
        guard let text = text(field, &problems) else { return nil }
        guard let time = Duration(parsing: text), range.contains(time) else {
            problems.add(
                place(field),
                "must be a time from \(range.lowerBound.words) to \(range.upperBound.words), such as 500ms, 10s or 5m.")
            return nil
        }
        return time
    }

    /// The elements of a list; nil, with a mistake, when there is none.
    func list(_ field: String, _ what: String, _ problems: inout SettingsProblems) -> [JSONValue]? {
        guard case .array(let elements) = value(field), !elements.isEmpty else {
            problems.add(place(field), "must be a list of \(what).")
            return nil
        }
        return elements
    }

    /// What a field holds; null counts as nothing.
    func value(_ field: String) -> JSONValue? { object[field].flatMap { $0 == .null ? nil : $0 } }

    private static func text(_ value: JSONValue, at pointer: JSONPointer, _ problems: inout SettingsProblems) -> String?
    {
        guard case .string(let text) = value, !text.utf8.isEmpty, !text.utf8.contains(0) else {
            if case .string = value {
                problems.add(pointer, "must be a text that is not empty and does not hold the character U+0000.")
            } else {
                problems.add(pointer, "must be a text, not \(value.kind): put it in quotes.")
            }
            return nil
        }
        return text
    }
}
