# Built by docker compose build; the result holds the server, the web client, FFmpeg and poppler.
FROM node:20-bookworm-slim AS client
WORKDIR /source/src/WebClient
COPY src/WebClient/package.json src/WebClient/package-lock.json src/WebClient/.npmrc ./
RUN npm ci
COPY src/WebClient ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN CLASSROOM_SKIP_WEBCLIENT=1 dotnet publish src/Server -c Release -o /app
COPY --from=client /source/src/Server/wwwroot /app/wwwroot

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg poppler-utils poppler-data fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o app -g app -m 0700 /data
WORKDIR /app
COPY --from=build /app .
USER app
ENV CLASSROOM_DATA=/data
VOLUME /data
EXPOSE 8080/tcp 8443/tcp 5004/udp
ENTRYPOINT ["dotnet", "Classroom.Server.dll"]
