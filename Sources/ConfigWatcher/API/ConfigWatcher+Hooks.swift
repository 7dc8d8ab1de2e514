extension ConfigWatcher {
    /// Registers a closure that brings a part of the application to a new value. It takes part from the next reload on.
    ///
    /// Handlers are called one after the other, before readers see the new value. When one throws or does not return in
    /// time, those that were called are called again with the values exchanged, the failed one first, and the old value
    /// stays; so a handler must be able to go both ways, and to be called twice with the same value. A handler should end
    /// when its task is cancelled: one that does not within twice its time is stuck, and left out
    /// of later versions; the version it is stuck on is refused while it hangs.
    ///
    /// - Parameters:
    ///   - name: appears in outcomes; each handler needs one of its own.
    ///   - priority: higher is called first; equals in the order of registration.
    ///   - timeout: how long one call may take.
    ///   - path: when given, the handler is called only when the value at this path changed. It has the names of the document
    ///     (`max_connections`), not those of the type.
    ///   - handler: gets the value that runs (nil at the first load) and the one that shall run.
    public func onReload(
        _ name: String, priority: Int = 0, timeout: Duration = .seconds(10), path: ConfigPath? = nil,
        _ handler: @escaping @Sendable (_ old: Value?, _ new: Value) async throws -> Void
    ) {
        reloader.register { hooks in
            if hooks.hasHandler(name) { reloader.reportSameName(name) }
            hooks.addHandler(name, priority: priority, timeout: timeout, path: path, undoes: true, handler)
        }
    }

    /// Registers a closure that does something with each new value and cannot take it back. It is called after all handlers
    /// of the same or a higher priority that were registered before it.
    package func onApply(
        _ name: String, priority: Int = 0, timeout: Duration = .seconds(10),
        _ apply: @escaping @Sendable (Value) async throws -> Void
    ) {
        reloader.register { hooks in
            hooks.addHandler(name, priority: priority, timeout: timeout, path: nil, undoes: false) { _, new in
                try await apply(new)
            }
        }
    }

    /// Registers a closure that looks at each new value before any handler is called. Errors, or throwing, refuse the
    /// version; warnings are reported with the outcome.
    public func validate(_ name: String, _ validator: @escaping @Sendable (Value) async throws -> Validation) {
        reloader.register { $0.add(Validator(name: name, body: validator)) }
    }
}
