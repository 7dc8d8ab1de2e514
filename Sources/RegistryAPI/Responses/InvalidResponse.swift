/// What came is not what a registry answers.
package struct InvalidResponse: Error, Sendable, Equatable {
    /// What came, as the end of the sentence "It answered with".
    package let what: String

    /// Says what came.
    package init(_ what: String) { self.what = what }
}
