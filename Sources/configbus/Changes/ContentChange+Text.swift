import ConfigModel

extension ContentChange {
    /// `~ db.port: 5432 -> 5433`, `+ db.user: "ann"`, `- db.host: "a"`; what the content brings is made safe for a terminal.
    ///
    /// - Parameter width: the most characters that are shown of a value; nil shows all.
    func line(for stream: StandardStream, width: Int? = nil) -> String {
        let name = ControlCharacters.escaped(place)
        func text(_ value: JSONValue) -> String {
            ControlCharacters.escaped(value.description).shortened(to: width ?? .max)
        }
        switch (old, new) {
        case (let old?, let new?):
            let kinds = old.kind == new.kind ? "" : "  (\(old.kind) before, now \(new.kind))"
            return stream.colored("~ \(name): \(text(old)) -> \(text(new))\(kinds)", .yellow)
        case (nil, let new?): return stream.colored("+ \(name): \(text(new))", .green)
        case (let old?, nil): return stream.colored("- \(name): \(text(old))", .red)
        case (nil, nil): return ""
        }
    }
}

extension String {
    /// At most so many characters; what is cut ends with an ellipsis.
    func shortened(to width: Int) -> String {
        count <= width ? self : prefix(max(0, width - 1)) + "…"
    }
}
