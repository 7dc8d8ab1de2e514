import ConfigModel

extension DecoderInput {
    /// The same with its placeholders replaced by this process's environment.
    func expanding(_ placeholders: Placeholders) throws(InvalidContent) -> DecoderInput {
        guard placeholders != .none else { return self }
        let expanded = try PlaceholderExpansion.expanded(
            object.value, placeholders, environment: ProcessEnvironment.value(of:))
        guard let expanded else { return self }
        return replacing(expanded)
    }
}
