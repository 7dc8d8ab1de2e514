import ConfigModel

/// What the application registered for reloads.
struct ReloadHooks<Value: Sendable>: Sendable {
    /// Higher priority first; among equals in the order of registration.
    private(set) var handlers: [ReloadHandler<Value>] = []
    private(set) var validators: [Validator<Value>] = []
    private var registered = 0

    mutating func add(_ validator: Validator<Value>) { validators.append(validator) }

    /// True when a handler has this name.
    func hasHandler(_ name: String) -> Bool { handlers.contains { $0.name == name } }

    mutating func addHandler(
        _ name: String, priority: Int, timeout: Duration, path: ConfigPath?, undoes: Bool,
        _ body: @escaping @Sendable (Value?, Value) async throws -> Void
    ) {
        registered += 1
        let handler = ReloadHandler(
            id: registered, name: name, priority: priority, timeout: timeout, path: path, undoes: undoes, body: body)
        let place = handlers.firstIndex { $0.priority < priority } ?? handlers.endIndex
        handlers.insert(handler, at: place)
    }
}

extension ReloadHandler {
    /// True when the handler is called for this change; `old` is nil at the first load.
    func isAffected(from old: JSONObject?, to new: JSONObject) -> Bool {
        guard let path else { return true }
        return old.flatMap { path.value(in: $0) } != path.value(in: new)
    }
}
