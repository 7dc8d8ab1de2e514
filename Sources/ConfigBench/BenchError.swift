/// Why a benchmark could not go on: one sentence for a person.
package struct BenchError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
