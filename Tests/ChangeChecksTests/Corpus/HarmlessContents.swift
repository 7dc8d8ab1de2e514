/// Contents as projects have them, in which nothing is a secret: one JSON document a line.
enum HarmlessContents {
    static let all = [services, frameworks, deployments, manifests, tools, web, texts, references, values, keys]
        .flatMap(lines)

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
