/// Shows what a benchmark is doing.
package protocol BenchProgress: Sendable {
    /// A phase begins, and the one before has ended.
    func begin(_ phase: String)

    /// So much of a phase is done.
    func step(_ done: Int, of all: Int)

    /// The last phase has ended.
    func end()
}
