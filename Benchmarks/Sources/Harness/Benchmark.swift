/// One operation to be timed.
struct Benchmark {
    let name: String
    /// The bytes that one run handles; nil when a rate in bytes says nothing.
    var bytes: Int?
    /// Does the operation so many times.
    let run: (_ times: Int) throws -> Void

    /// - Parameter operation: its result is kept from being optimised away.
    init<Result>(_ name: String, bytes: Int? = nil, _ operation: @escaping () throws -> Result) {
        self.name = name
        self.bytes = bytes
        run = { times in for _ in 0..<times { keep(try operation()) } }
    }
}

/// Keeps the compiler from removing a value that is not used.
@inline(never)
@_optimize(none)
func keep<Value>(_ value: Value) {}
