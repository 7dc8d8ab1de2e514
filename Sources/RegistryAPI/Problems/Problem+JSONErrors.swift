package import ConfigModel

extension Problem {
    /// Bytes that are not the JSON that is expected, and where.
    package init(_ error: JSONError) {
        let type: ProblemType =
            switch error.reason {
            case .tooDeep: .tooDeep
            case .tooLong: .tooLarge
            default: .invalidJSON
            }
        self = Problem(type, error.description)
            .with("line", Int64(error.line)).with("column", Int64(error.column)).with("pointer", error.pointer)
    }

    /// Bytes that cannot be the content of a document.
    package init(_ error: ContentError) {
        switch error {
        case .invalidJSON(let error): self.init(error)
        case .notAnObject: self.init(.notAnObject, error.description)
        case .tooLarge: self.init(.tooLarge, error.description)
        case .tooDeep(_, let pointer): self = Problem(.tooDeep, error.description).with("pointer", pointer)
        }
    }

    /// A field that is missing, unknown or of the wrong type.
    ///
    /// - Parameters:
    ///   - error: which field, and what is wrong with it.
    ///   - place: the pointer to the object whose field it is.
    ///   - hint: a further sentence for the caller.
    package init(_ error: JSONFieldError, in place: [String] = [], hint: String? = nil) {
        let type: ProblemType =
            if case .unknown = error.problem { .unknownField } else { .invalidField }
        let detail = hint.map { "\(error.description) \($0)" } ?? error.description
        self = Problem(type, detail).with("pointer", JSONPointer(tokens: place + [error.field]).description)
    }
}

extension Problem {
    /// A name that breaks its rule.
    package init(_ error: InvalidName) { self.init(.invalidName, error.description) }
}
