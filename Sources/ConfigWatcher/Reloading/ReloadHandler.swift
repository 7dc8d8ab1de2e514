import AsyncSupport
import ConfigModel

/// A closure that brings a part of the application to a new value.
struct ReloadHandler<Value: Sendable>: Sendable {
    let id: Int
    let name: String
    let priority: Int
    let timeout: Duration
    /// Only called when the value at this path changed.
    let path: ConfigPath?
    /// False for a closure that cannot take back what it did.
    let undoes: Bool
    let body: @Sendable (_ old: Value?, _ new: Value) async throws -> Void
}

/// A closure that looks at a value before anything is done with it.
struct Validator<Value: Sendable>: Sendable {
    let name: String
    let body: @Sendable (Value) async throws -> Validation

    /// What it says. When it takes too long, or throws, that is an error, and its call is left behind.
    func validation(of value: Value, within limit: Duration) async -> (validation: Validation, isLate: Bool) {
        let call = Task { [body] in
            do {
                return try await body(value)
            } catch {
                return Validation(errors: [error.reason])
            }
        }
        if let validation = await call.value(within: limit) { return (validation, false) }
        call.cancel()
        return (Validation(errors: ["It did not return within \(limit.words)."]), true)
    }
}
