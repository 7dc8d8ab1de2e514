/// What is wrong with a content.
struct InvalidContent: Error, CustomStringConvertible {
    let description: String
}
