import Testing
import Vocabulary

@testable import Kiosk

/// What is on the line, how old what is known is, and what waits.
@Suite struct PagesStatusTests {
    @Test func `the page shows what moves, and how far it has come`() async throws {
        let browser = try await Browser("K0001")
        let progress = browser.test.desk.progress
        try await browser.work { (pages) async throws in
            #expect(try await pages.get("/status").html.contains("没有在传"))
            progress.begin(.sending, have: 0, of: 204_800)
            #expect(try await pages.get("/status").html.contains("账本 200 KB，正在送"))
            progress.begin(.sending, have: 51_200, of: 204_800)
            #expect(
                try await pages.get("/status").html.contains("账本 200 KB，上次已送到 50 KB"))
            progress.begin(.receiving, have: 1_000)
            progress.move(24)
            #expect(try await pages.get("/status").html.contains("名册或政策，已收到 1 KB"))
            progress.end()
            #expect(try await pages.get("/status").html.contains("没有在传"))
        }
    }

    @Test func `what waits is counted with its age, and only the county's word makes it green`()
        async throws
    {
        let browser = try await Browser("K0001", online: false)
        try await browser.work { (pages) async throws in
            let waiting = try await pages.get("/status").html
            #expect(waiting.contains("未上报") && waiting.contains("最早"))
            #expect(!waiting.contains(Texts.of("countySigned")))
            // A line that is there and brings nothing signed changes nothing.
            let tried = try await pages.post("/status/send", [:]).html
            #expect(tried.contains("未上报") && !tried.contains(Texts.of("countySigned")))
        }
    }
}
