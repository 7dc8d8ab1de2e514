extension TaskGroup {
    /// Adds a child task that runs on the thread of whoever adds it until it has to wait; where the platform cannot do that,
    /// on another thread, which has to be woken first.
    package mutating func addPromptTask(
        _ operation: @escaping @Sendable @concurrent () async -> ChildTaskResult
    ) {
        if #available(macOS 26.0, *) { addImmediateTask(operation: operation) } else { addTask(operation: operation) }
    }
}
